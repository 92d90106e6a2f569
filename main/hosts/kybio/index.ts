export { kybio } from './kybio.ts';
