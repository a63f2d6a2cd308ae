// The parts of Apache ECharts that the report draws with; nothing else gets into the page.
import {BarChart, CustomChart, LineChart, RadarChart, ScatterChart, SunburstChart, TreemapChart} from 'echarts/charts';
import {
  AriaComponent, DataZoomComponent, GridComponent, LegendComponent, MarkAreaComponent,
  MarkLineComponent, RadarComponent, TooltipComponent,
} from 'echarts/components';
import * as core from 'echarts/core';
import {CanvasRenderer, SVGRenderer} from 'echarts/renderers';

core.use([
  AriaComponent, BarChart, CanvasRenderer, CustomChart, DataZoomComponent, GridComponent,
  LegendComponent, LineChart, MarkAreaComponent, MarkLineComponent, RadarChart, RadarComponent,
  ScatterChart, SunburstChart, SVGRenderer, TooltipComponent, TreemapChart,
]);

export type Chart = core.EChartsType;
export type Option = core.EChartsCoreOption;
export const init = core.init;
