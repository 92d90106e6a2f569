export { CollisionsNote } from './collisions-note.tsx';
export { RulesScreen, SaveRulesDialog } from './rules-screen.tsx';
