/** A piece of what is said: a locale key with its values. */
export interface Phrase {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Text as it is, or a phrase to be said. */
export type Words = string | Phrase;

export type Tone = 'good' | 'neutral' | 'warn' | 'bad';
