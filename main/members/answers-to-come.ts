/** Answers that are on their way, or in and not asked for yet. Each is given out once. */
export interface AnswersToCome<T> {
  /** Takes an answer in; its name is for whoever will ask for it. */
  keep(answer: Promise<T>): string;
  take(name: string): Promise<T> | null;
}

/** A counter has one look-up in view; the ones before it are soon of no interest. */
const MOST_KEPT = 8;

export function createAnswersToCome<T>(newName: () => string): AnswersToCome<T> {
  const kept = new Map<string, Promise<T>>();
  return {
    keep: (answer) => {
      const name = newName();
      kept.set(name, answer);
      // Nobody may ever ask for it: its failure is then nobody's.
      answer.catch(() => undefined);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return name;
    },
    take: (name) => {
      const answer = kept.get(name) ?? null;
      kept.delete(name);
      return answer;
    },
  };
}
