import { useStore } from 'zustand';
import { till } from '../../shared/bridge.ts';
import { createReviewStore, type ReviewState } from './review-store.ts';

export const reviews = createReviewStore({ list: till.reviewList, read: till.reviewRead });

export const useReviews = <T>(select: (state: ReviewState) => T): T => useStore(reviews.store, select);
