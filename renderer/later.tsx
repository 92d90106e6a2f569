import { type ReactNode, Suspense, use } from 'react';
import { createLazyPart } from './shared/lazy-part.ts';
import { otherWords } from './shared/other-words.ts';

type LaterScreens = typeof import('./later-screens.ts');

/** What is not needed for the first look, with its words. */
export const laterScreens = createLazyPart(async () => {
  const [screens] = await Promise.all([import('./later-screens.ts'), otherWords.load()]);
  return screens;
});

interface Props {
  readonly children: (screens: LaterScreens) => ReactNode;
}

const Loaded = ({ children }: Props) => children(laterScreens.now() ?? use(laterScreens.load()));

/** Draws what comes later: at once where it is here, as if it had been from the start, and else as soon as it is. */
export function Later({ children }: Props) {
  return (
    <Suspense>
      <Loaded>{children}</Loaded>
    </Suspense>
  );
}
