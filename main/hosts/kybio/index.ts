export type { KnownWords, WordsCategory } from './known-words.ts';
export { kybio, kybioThatSays } from './kybio.ts';
