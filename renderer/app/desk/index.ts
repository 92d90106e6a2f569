export { KybioScreen } from './kybio-screen.tsx';
export { Rail } from './rail.tsx';
export { SafetyScreen } from './safety-screen.tsx';
