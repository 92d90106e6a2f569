import { type ReactNode, Suspense, use } from 'react';
import { createBringing } from './shared/bringing.ts';
import { otherWords } from './shared/other-words.ts';

type Beside = typeof import('./beside.ts');

/** What is not needed for the first look, with its words. */
export const besides = createBringing(async () => {
  const [beside] = await Promise.all([import('./beside.ts'), otherWords.bring()]);
  return beside;
});

interface Props {
  readonly children: (beside: Beside) => ReactNode;
}

const Brought = ({ children }: Props) => children(besides.now() ?? use(besides.bring()));

/** Draws what comes later: at once where it is here, as if it had been from the start, and else as soon as it is. */
export function Later({ children }: Props) {
  return (
    <Suspense>
      <Brought>{children}</Brought>
    </Suspense>
  );
}
