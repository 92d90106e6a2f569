export { AnswerDialog } from './review-dialogs.tsx';
export { ReviewScreen } from './review-screen.tsx';
