export type Processor = 'i686' | 'x86_64';
export function ensureCompiler(processor: Processor): void;
export function makeLauncher(file: string, processor?: Processor): void;
