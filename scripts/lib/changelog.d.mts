export const MAX_NOTES: number;
export function notesOf(changelog: string, version: string): string | null;
