export const noteFiles: readonly string[];
export function writeShipped(electron: string): void;
