import { openContinue, openGuarded, openReplaceKey, openReview } from '../../shared/open-dialogs.ts';
import { topics } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { guide } from '../practice/index.ts';
import type { Notice, NoticeAct } from './notices.ts';

function openRestored(): void {
  const restored = topics.now('restored') ?? null;
  if (restored !== null) openGuarded({ kind: 'restored', restored });
}

function openPlace(): void {
  const place = topics.now('dataPlace') ?? null;
  if (place !== null) openGuarded({ kind: 'data-place', place });
}

const acts: Readonly<Record<NoticeAct, () => void>> = {
  continue: openContinue,
  'replace-key': openReplaceKey,
  'go-on-here': () => openGuarded({ kind: 'go-on-here' }),
  'stand-down': () => openGuarded({ kind: 'stand-down' }),
  resume: () => openGuarded({ kind: 'resume' }),
  review: () => openReview(null),
  shift: () => view.show({ kind: 'day', part: { kind: 'shift' } }),
  restored: openRestored,
  receipts: () => view.open({ kind: 'receipt-queue' }),
  place: openPlace,
  chain: () => view.show({ kind: 'safety' }),
  guide: guide.putAway,
  update: () => openGuarded({ kind: 'update' }),
};

export const doAct = (act: NoticeAct): void => acts[act]();

/** Told in full, unless the line says it all and there is one thing to do. */
export function pressNotice({ kind, told, buttons }: Notice): void {
  const [only, ...others] = buttons;
  if (only !== undefined && others.length === 0 && told.length === 0) doAct(only.act);
  else view.open({ kind: 'notices', of: kind });
}
