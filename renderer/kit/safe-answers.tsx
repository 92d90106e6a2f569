import type { KeyboardEvent } from 'react';
import styles from './answers.module.css';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';

const c = classNames(styles);

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Goes from one answer to the next, round and round. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const active = document.activeElement;
  const at = active instanceof HTMLButtonElement ? buttons.indexOf(active) : 0;
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}

interface Props {
  /** The question, for a screen reader that comes to the answers. */
  readonly label: string;
  readonly safe: string;
  readonly onSafe: () => void;
  readonly act: string;
  readonly onAct: () => void;
  readonly isDanger?: boolean;
}

/**
 * Two answers to a question. The focus starts on the harmless one, so that neither a held Enter nor a scanner's
 * second one triggers the other.
 */
export function SafeAnswers({ label, safe, onSafe, act, onAct, isDanger = false }: Props) {
  return (
    <fieldset className={c('answers')} aria-label={label} onKeyDown={moveFocus}>
      <Button look="primary" autoFocus onPress={onSafe}>
        {safe}
      </Button>
      <Button look={isDanger ? 'danger' : 'plain'} onPress={onAct}>
        {act}
      </Button>
    </fieldset>
  );
}
