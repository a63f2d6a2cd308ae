import './style.css';
import {h} from './dom';
import {startLook} from './look';
import {pageOf} from './pages';
import {show} from './page';

startLook();
const app = document.getElementById('app')!;
try {
  const text = document.getElementById('data')!.textContent ?? '';
  if (!text.trim()) throw new Error('there is no report in this file');
  show(app, pageOf(JSON.parse(text)));
} catch (error) {
  app.append(h('p', {class: 'failure', role: 'alert'},
               `This report cannot be shown: ${error instanceof Error ? error.message : error}`));
  throw error;
} finally {
  document.documentElement.dataset.ready = 'true';
}
