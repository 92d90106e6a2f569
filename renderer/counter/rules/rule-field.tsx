import type { TFunction } from 'i18next';
import { createContext, use } from 'react';
import { useTranslation } from 'react-i18next';
import { currencySymbol } from '../../kit/format.ts';
import type { Phrase } from '../../kit/phrase.ts';
import { TextBox } from '../../kit/text-box.tsx';
import { phraseText } from '../../shared/i18n.ts';
import { useTill } from '../../shared/topics.ts';
import type { RulesProblems } from './rules-form.ts';

export const problemText = (t: TFunction, problem: Phrase | undefined): string | undefined =>
  problem === undefined ? undefined : phraseText(t, problem);

/** What Enter does in a field: of the rules it saves, of a sample it tries. */
export const OnEnter = createContext<() => void>(() => undefined);

/** The members' categories that this till knows. */
export const Categories = createContext<readonly string[]>([]);

/** Typed as KYBIO writes it, or chosen. */
export function CategoryField(props: Pick<Props, 'label' | 'value' | 'onChange' | 'hint'>) {
  return <RuleField {...props} choices={use(Categories)} />;
}

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly id?: string;
  readonly problems?: RulesProblems;
  readonly isMoney?: boolean;
  readonly isNumber?: boolean;
  readonly suffix?: string | undefined;
  readonly hint?: string;
  readonly choices?: readonly string[];
  /** It appears with a press of its rule's button. */
  readonly takesFocus?: boolean;
}

/** A field of a rule, with its problem. */
export function RuleField({ id, problems, isMoney = false, isNumber = isMoney, ...rest }: Props) {
  const { t } = useTranslation();
  const till = useTill();
  return (
    <TextBox
      {...rest}
      onEnter={use(OnEnter)}
      inputMode={isNumber ? 'decimal' : 'text'}
      error={problemText(t, id === undefined ? undefined : problems?.[id])}
      {...(isMoney ? { unit: currencySymbol(till.currency, till.language) } : {})}
    />
  );
}
