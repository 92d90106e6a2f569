/** Pending answers, each handed out once. */
interface PendingAnswers<T> {
  /** Stores an answer; returns its id for collecting it. */
  keep(answer: Promise<T>): string;
  take(name: string): Promise<T> | null;
}

/** A counter shows one look-up; older ones soon do not matter. */
const MOST_KEPT = 8;

export function createPendingAnswers<T>(newName: () => string): PendingAnswers<T> {
  const kept = new Map<string, Promise<T>>();
  return {
    keep: (answer) => {
      const name = newName();
      kept.set(name, answer);
      // It may never be collected: then its failure does not matter.
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
