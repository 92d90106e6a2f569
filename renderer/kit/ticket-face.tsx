import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import type { TicketLook } from './ticket.ts';
import styles from './ticket-face.module.css';
import tones from './tones.module.css';

const c = classNames(styles, tones);

const seals: Readonly<Record<TicketLook, string>> = {
  done: 'M4 9.6l3.4 3.4 7-7.6',
  wait: 'M4 9.6l3.4 3.4 7-7.6',
  check: 'M4.5 9h.01M9 9h.01M13.5 9h.01',
  bad: 'M9 4v6.2M9 13.8h.01',
  quiet: 'M7 4L3 8l4 4M3 8h7.5a4 4 0 010 8H7',
};

interface Props {
  readonly look: TicketLook;
  readonly number: string;
  /** What stands on the stub below the number. */
  readonly stub: readonly string[];
  readonly title: string;
  /** In small type beside the title. */
  readonly beside?: string;
  readonly line: ReactNode;
  /** Absent where nothing has become of it yet. */
  readonly word?: ReactNode;
  /** What goes back into a hand: as large as the sum. */
  readonly back?: { readonly sum: string; readonly word: string };
  readonly acts?: ReactNode;
  readonly isStruck?: boolean;
  /** Its line decides, and is never cut. */
  readonly isWhole?: boolean;
}

/** A slip with the stub that stays with the shop, torn along its holes. */
export function TicketFace(props: Props) {
  const {
    look,
    number,
    stub,
    title,
    beside,
    line,
    word,
    back,
    acts,
    isStruck = false,
    isWhole = false,
  } = props;
  return (
    <div className={c('place')}>
      <div
        className={c(
          'ticket',
          look,
          acts !== undefined && 'acting',
          back !== undefined && 'backed',
          stub.length === 0 && 'short',
          isWhole && 'whole',
        )}
      >
        <div className={c('stub')}>
          <b className={c('number')}>{number}</b>
          {stub.map((line) => (
            <span key={line} className={c('line')}>
              {line}
            </span>
          ))}
        </div>
        <div className={c('body')}>
          <span className={c('what')}>
            <b className={c('title', isStruck && 'struck')}>{title}</b>
            {beside !== undefined && <span className={c('beside')}> {beside}</span>}
          </span>
          <span className={c('told')}>{line}</span>
        </div>
        {back !== undefined && (
          <div className={c('back')}>
            <b className={c('title')}>{back.sum}</b> <span>{back.word}</span>
          </div>
        )}
        {word !== undefined && (
          <div className={c('end')}>
            <span className={c('seal')}>
              {/* Drawn anew with every look, not with every change of words. */}
              <svg key={look} width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
                <path className={c('stroke')} pathLength="1" d={seals[look]} />
              </svg>
            </span>
            <span className={c('word')}>{word}</span>
          </div>
        )}
        {acts !== undefined && <div className={c('acts')}>{acts}</div>}
      </div>
    </div>
  );
}
