export { DrillPanel } from './drill-panel.tsx';
export { DrillResultDialog } from './drill-result-dialog.tsx';
export { DrillStartDialog } from './drill-start-dialog.tsx';
