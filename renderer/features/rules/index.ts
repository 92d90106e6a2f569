export { RulesScreen } from './rules-screen.tsx';
export { SaveRulesDialog } from './save-rules-dialog.tsx';
