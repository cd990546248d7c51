import type { NotificationType } from '@eduplatform/contracts/notifications';
import type { Language } from '@eduplatform/contracts/primitives';

/** Words of a mail about a notification, in its reader's language. */
interface NotificationWords {
  subject: string;
  text: string;
}

type Params = Record<string, string>;
type Words = Record<NotificationType, (param: (name: string) => string) => NotificationWords>;

const en: Words = {
  enrolled: (param) => ({
    subject: `You are enrolled: ${param('courseTitle')}`,
    text: `You are enrolled in “${param('courseTitle')}”. Start whenever you like.`,
  }),
  paid: (param) => ({
    subject: `Your purchase: ${param('courseTitle')}`,
    text: `Your payment for “${param('courseTitle')}” has arrived, and you are enrolled.`,
  }),
  payment_failed: (param) => ({
    subject: `The payment did not work: ${param('courseTitle')}`,
    text: `The payment for “${param('courseTitle')}” did not work. Nothing was charged; you can try again.`,
  }),
  refunded: (param) => ({
    subject: `Refunded: ${param('courseTitle')}`,
    text: `Your payment for “${param('courseTitle')}” was refunded, and your enrollment has ended.`,
  }),
  reviewed: (param) => ({
    subject: `A new review of ${param('courseTitle')}`,
    text: `${param('name')} gave “${param('courseTitle')}” ${param('rating')} of 5 stars.`,
  }),
  replied: (param) => ({
    subject: `A reply to your review of ${param('courseTitle')}`,
    text: `${param('name')} replied to your review of “${param('courseTitle')}”.`,
  }),
  verified: () => ({
    subject: 'You are verified as a teacher',
    text: 'Your application was accepted: you can publish your courses now.',
  }),
  rejected: (param) => ({
    subject: 'Your application as a teacher',
    text: `Your application was not accepted. The reason: ${param('reason')}\n\nYou may apply again.`,
  }),
  completed: (param) => ({
    subject: `Completed: ${param('courseTitle')}`,
    text: `Congratulations! You have completed “${param('courseTitle')}”. Your certificate is ready.`,
  }),
  course_updated: (param) => ({
    subject: `New lessons in ${param('courseTitle')}`,
    text: `New lessons in “${param('courseTitle')}”: ${param('count')}.`,
  }),
  question_asked: (param) => ({
    subject: `A question about ${param('courseTitle')}`,
    text: `${param('name')} asks in “${param('courseTitle')}”: ${param('title')}`,
  }),
  question_answered: (param) => ({
    subject: `An answer to your question: ${param('title')}`,
    text: `${param('name')} answered your question in “${param('courseTitle')}”.`,
  }),
  answer_accepted: (param) => ({
    subject: `Your answer was accepted: ${param('title')}`,
    text: `Your answer in “${param('courseTitle')}” was marked as the one that helps.`,
  }),
  announcement: (param) => ({ subject: param('title'), text: param('text') }),
};

const ru: Words = {
  enrolled: (param) => ({
    subject: `Вы записаны на курс «${param('courseTitle')}»`,
    text: `Вы записаны на курс «${param('courseTitle')}». Начать можно в любое время.`,
  }),
  paid: (param) => ({
    subject: `Покупка курса «${param('courseTitle')}»`,
    text: `Оплата курса «${param('courseTitle')}» получена, вы записаны на него.`,
  }),
  payment_failed: (param) => ({
    subject: `Оплата не прошла: «${param('courseTitle')}»`,
    text: `Оплата курса «${param('courseTitle')}» не прошла. Деньги не списаны; можно попробовать ещё раз.`,
  }),
  refunded: (param) => ({
    subject: `Возврат за курс «${param('courseTitle')}»`,
    text: `Деньги за курс «${param('courseTitle')}» возвращены, запись на курс закончилась.`,
  }),
  reviewed: (param) => ({
    subject: `Новый отзыв о курсе «${param('courseTitle')}»`,
    text: `${param('name')} ставит курсу «${param('courseTitle')}» оценку ${param('rating')} из 5.`,
  }),
  replied: (param) => ({
    subject: `Ответ на ваш отзыв о курсе «${param('courseTitle')}»`,
    text: `${param('name')} отвечает на ваш отзыв о курсе «${param('courseTitle')}».`,
  }),
  verified: () => ({
    subject: 'Вы подтверждены как преподаватель',
    text: 'Ваша заявка принята: теперь можно публиковать курсы.',
  }),
  rejected: (param) => ({
    subject: 'Ваша заявка преподавателя',
    text: `Ваша заявка отклонена. Причина: ${param('reason')}\n\nМожно подать новую.`,
  }),
  completed: (param) => ({
    subject: `Курс «${param('courseTitle')}» пройден`,
    text: `Поздравляем! Вы прошли курс «${param('courseTitle')}». Ваш сертификат готов.`,
  }),
  course_updated: (param) => ({
    subject: `Новые уроки в курсе «${param('courseTitle')}»`,
    text: `Новых уроков в курсе «${param('courseTitle')}»: ${param('count')}.`,
  }),
  question_asked: (param) => ({
    subject: `Вопрос по курсу «${param('courseTitle')}»`,
    text: `${param('name')} спрашивает в курсе «${param('courseTitle')}»: ${param('title')}`,
  }),
  question_answered: (param) => ({
    subject: `Ответ на ваш вопрос: ${param('title')}`,
    text: `${param('name')} отвечает на ваш вопрос в курсе «${param('courseTitle')}».`,
  }),
  answer_accepted: (param) => ({
    subject: `Ваш ответ принят: ${param('title')}`,
    text: `Ваш ответ в курсе «${param('courseTitle')}» отмечен как решение.`,
  }),
  announcement: (param) => ({ subject: param('title'), text: param('text') }),
};

const WORDS: Record<Language, Words> = { en, ru };

/** The words of a notification's mail. Throws when a parameter that they need is missing. */
export const notificationWords = (type: NotificationType, language: Language, params: Params): NotificationWords =>
  WORDS[language][type]((name) => {
    const value = params[name];
    if (value === undefined) throw new Error(`a notification "${type}" needs the parameter "${name}"`);
    return value;
  });
