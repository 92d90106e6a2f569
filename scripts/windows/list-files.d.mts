export function fileLines(folder: string): readonly string[];
export function listFiles(folder: string): void;
