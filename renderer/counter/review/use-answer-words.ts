import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ReviewAnswerWord, ShownCase } from '../../../preload/contract/index.ts';
import { useReviewWriter } from './use-review-writer.ts';

/** Who has the entry's card now. */
export function ownerOf(t: TFunction, { cardOf }: Pick<ShownCase, 'cardOf'>): string {
  if (cardOf === null) return t('review.ofCard.another');
  return cardOf.name || t('member.unnamed', { number: cardOf.number });
}

/** The answers' names; with both members if the card changed hands. */
export function useAnswerWords() {
  const { t } = useTranslation();
  const write = useReviewWriter();
  return (review: ShownCase, answer: ReviewAnswerWord): string => {
    const { entry } = review;
    if (entry.cause !== 'card-of-another' || answer === 'arrived') return t(`review.answers.${answer}`);
    return t(`review.ofCard.${answer}`, { name: write.nameOf(entry), owner: ownerOf(t, review) });
  };
}
