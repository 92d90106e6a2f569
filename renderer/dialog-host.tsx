import { Later } from './later.tsx';
import { useTopic } from './shared/topics.ts';
import { useView } from './shared/view.ts';

/** What may lie over whatever screen there is. */
export function AnywhereHost() {
  const isOpen = useView((state) => state.dialog !== null);
  return isOpen && <Later>{({ AnywhereDialog }) => <AnywhereDialog />}</Later>;
}

/** What lies over a till's screens. */
export function DialogHost() {
  const isOpen = useView((state) => state.dialog !== null);
  const isClosing = useTopic('closing', (times) => times > 0);
  return (
    <>
      {isOpen && <Later>{({ TillDialog }) => <TillDialog />}</Later>}
      {isClosing && <Later>{({ ClosingDialog }) => <ClosingDialog />}</Later>}
    </>
  );
}

/** Over all of a till while nobody is there. */
export function LockHost() {
  const isLocked = useTopic('people', (people) => people?.signedIn === null);
  return isLocked && <Later>{({ LockScreen }) => <LockScreen />}</Later>;
}
