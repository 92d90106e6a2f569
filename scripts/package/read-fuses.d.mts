export function readFuses(program: string): Promise<Record<string, boolean>>;
