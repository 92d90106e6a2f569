import type { Period, Span } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { fileWords } from './file-words.ts';
import type { Owner } from './use-owner.ts';
import { useOwnerWords } from './use-owner-words.ts';

interface Props {
  readonly owner: Owner;
  readonly period: Period;
  readonly span: Span;
}

/** The period of all tills for whoever keeps the books: its figures, and its journal. */
export function SaveButtons({ owner, period, span }: Props) {
  const { t, language, storeTimeZone } = useOwnerWords();
  const words = fileWords(t, language, storeTimeZone);
  return (
    <>
      {(['pdf', 'csv', 'books'] as const).map((as) => (
        <Button
          key={as}
          isDisabled={owner.working === 'save'}
          aria-label={t(`owner.acts.save.${as}`)}
          onPress={() => owner.act({ kind: 'save', as, span, from: period.from, words })}
        >
          {as === 'books' ? t('owner.acts.save.booksShort') : as.toUpperCase()}
        </Button>
      ))}
    </>
  );
}
