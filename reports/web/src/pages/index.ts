// Schema of a report -> its page. A new kind of report is a row here.
import type {Page} from '../page';
import {auditPage} from './audit';
import {comparePage} from './compare';
import {explainPage} from './explain';
import {frontierPage} from './frontier';
import {predictPage} from './predict';
import {recommendPage} from './recommend';
import {scalePage} from './scale';
import {solvePage} from './solve';
import {sweepPage} from './sweep';
import {validatePage} from './validate';

const kPages: Record<string, (report: never) => Page> = {
  'roofbeam.audit/1': auditPage,
  'roofbeam.compare/1': comparePage,
  'roofbeam.explain/1': explainPage,
  'roofbeam.frontier/1': frontierPage,
  'roofbeam.predict/1': predictPage,
  'roofbeam.recommend/1': recommendPage,
  'roofbeam.scale/1': scalePage,
  'roofbeam.solve/1': solvePage,
  'roofbeam.sweep_columns/1': sweepPage,
  'roofbeam.validate/1': validatePage,
};

export function pageOf(report: {schema?: string}): Page {
  const make = kPages[report.schema ?? ''];
  if (!make) throw new Error(`this page does not know reports of schema '${report.schema}'`);
  return make(report as never);
}
