export { stripCode } from './scan-code.ts';
export { pressOf } from './scan-fields.ts';
export { type KeyPress, readKey } from './scan-key.ts';
export { beginListening, flaws, MIN_KEYS, type ScanAct, scanKey } from './scanner.ts';
export { useScanner } from './use-scanner.ts';
