import styles from './answers.module.css';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { useListKeys } from './use-list-keys.ts';

const c = classNames(styles);

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
  const ref = useListKeys<HTMLFieldSetElement>();
  return (
    <fieldset ref={ref} className={c('answers')} aria-label={label}>
      <Button look="primary" autoFocus onPress={onSafe}>
        {safe}
      </Button>
      <Button look={isDanger ? 'danger' : 'plain'} onPress={onAct}>
        {act}
      </Button>
    </fieldset>
  );
}
