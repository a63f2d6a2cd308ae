// Schema of a report -> its page. A new kind of report is a row here.
import type {Page} from '../page';
import {predictPage} from './predict';
import {sweepPage} from './sweep';
import {validatePage} from './validate';

const kPages: Record<string, (report: never) => Page> = {
  'roofbeam.predict/1': predictPage,
  'roofbeam.sweep/1': sweepPage,
  'roofbeam.validate/1': validatePage,
};

export function pageOf(report: {schema?: string}): Page {
  const make = kPages[report.schema ?? ''];
  if (!make) throw new Error(`this page does not know reports of schema '${report.schema}'`);
  return make(report as never);
}
