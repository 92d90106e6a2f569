export { RulesScreen, SaveRulesDialog } from './rules-screen.tsx';
