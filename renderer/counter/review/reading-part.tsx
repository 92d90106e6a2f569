import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { READING_GOOD_FOR_MS } from '../../../preload/contract/app/values.ts';
import type { AppError, ShownReading } from '../../../preload/contract/index.ts';
import { Note } from '../../kit/note.tsx';
import { errorText } from '../../shared/i18n.ts';
import { reviews, useReviews } from './reviews.ts';
import { useReviewWriter } from './use-review-writer.ts';

interface Read {
  readonly isReading: boolean;
  readonly failure: AppError | null;
  /** Nothing can be read before; null where it can be. */
  readonly waitsUntilMs: number | null;
}

export function useRead(id: string): Read {
  const now = useReviews((state) => state.reads.get(id));
  const none: Read = { isReading: now === 'reading', failure: null, waitsUntilMs: null };
  if (now === undefined || now === 'reading') return none;
  return 'untilMs' in now ? { ...none, waitsUntilMs: now.untilMs } : { ...none, failure: now };
}

/** The moment while it is ahead; rendered anew when it has come. */
export function useAhead(ms: number | null): number | null {
  const [, look] = useState(0);
  useEffect(() => {
    if (ms === null) return;
    const timer = setTimeout(() => look((times) => times + 1), Math.max(0, ms - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [ms]);
  return ms !== null && Date.now() < ms ? ms : null;
}

/** Reads KYBIO when a case is opened; when the reading expires, the list is loaded again and asks for another. */
export function useReading(id: string, reading: ShownReading | null): void {
  const readingId = reading?.readingId;
  useEffect(() => void reviews.readOnce(id), [id]);
  useEffect(() => {
    if (readingId === undefined) return;
    const timer = setTimeout(() => void reviews.load(), READING_GOOD_FOR_MS + 1_000);
    return () => clearTimeout(timer);
  }, [readingId]);
}

interface Props {
  readonly id: string;
  readonly reading: ShownReading | null;
}

/** Why there is no reading with sums, and what to do then. */
export function ReadingNote({ id, reading }: Props) {
  const { t } = useTranslation();
  const write = useReviewWriter();
  const { isReading, failure, waitsUntilMs } = useRead(id);
  if (reading !== null && reading.sums !== null) return null;
  if (isReading) return <Note tone="neutral">{t('review.reading.now')}</Note>;
  if (waitsUntilMs !== null)
    return (
      <Note tone="warn" isNews>
        {t('review.reading.early', { time: write.second(waitsUntilMs) })}
      </Note>
    );
  if (reading !== null)
    return (
      <Note tone="warn" isNews>
        <b>{t('review.reading.never')}</b> {t(`review.reading.because.${reading.why ?? 'member-not-found'}`)}
      </Note>
    );
  if (failure === null) return <Note tone="warn">{t('review.reading.old')}</Note>;
  return (
    <Note tone="warn" isNews>
      <p>
        <b>{t('review.reading.failed')}</b> {errorText(t, failure)}
      </p>
      <p>{t('review.reading.until')}</p>
    </Note>
  );
}
