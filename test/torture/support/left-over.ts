import { onTestFinished } from 'vitest';

type End = () => Promise<unknown>;

const left = new Set<End>();

async function endAll(): Promise<void> {
  for (const end of [...left].reverse()) {
    left.delete(end);
    await end();
  }
}

/**
 * For what a test ends by itself where it passes: where it fails, `end` is called in its place, last come
 * first. Returns how to say that it has ended, so that a long run does not remember everything it had.
 */
export function endWithTest(end: End): () => void {
  try {
    onTestFinished(endAll);
    left.add(end);
  } catch {
    // Not inside a test: then the caller ends it.
  }
  return () => void left.delete(end);
}
