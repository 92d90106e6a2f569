export const noteFiles: readonly string[];
export function writeShipped(): void;
