export { CollisionsNote } from './collisions-note.tsx';
export { RulesScreen } from './rules-screen.tsx';
export { SaveRulesDialog } from './save-rules-dialog.tsx';
