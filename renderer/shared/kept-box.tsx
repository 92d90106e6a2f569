import { type ComponentProps, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../preload/contract/index.ts';
import type { Phrase } from '../kit/phrase.ts';
import { TextBox } from '../kit/text-box.tsx';
import { phraseText } from './i18n.ts';

type BoxProps = Omit<ComponentProps<typeof TextBox>, 'value' | 'onChange' | 'onEnter' | 'onLeave' | 'error'>;

interface Props<T> extends BoxProps {
  /** As it is kept. */
  readonly written: string;
  readonly read: (typed: string) => Result<T, Phrase>;
  readonly onSet: (value: T) => void;
}

/** A setting that is typed, and set when it is left or with Enter; what is wrong stays, with the reason. */
export function KeptBox<T>({ written, read, onSet, ...box }: Props<T>) {
  const { t } = useTranslation();
  const [typed, type] = useState<string | null>(null);
  const [problem, setProblem] = useState<Phrase | null>(null);
  const leave = () => {
    if (typed === null) return;
    const value = typed === written ? null : read(typed);
    if (value?.ok === false) return setProblem(value.error);
    type(null);
    if (value !== null) onSet(value.value);
  };
  return (
    <TextBox
      {...box}
      value={typed ?? written}
      onChange={(text) => {
        type(text);
        setProblem(null);
      }}
      onEnter={leave}
      onLeave={leave}
      error={problem === null ? undefined : phraseText(t, problem)}
    />
  );
}
