import type { Language } from '@eduplatform/contracts/primitives';

/**
 * Sentences with slots: {t} topic, {c} concept of the lesson, {d} another concept of the topic, {tool}, {mistake},
 * {payoff}, {exercise}. A slot at the start of a sentence is capitalized.
 */
export interface Templates {
  titles: string[];
  subtitles: string[];
  descriptions: string[];
  outcomes: string[];
  moduleTitles: [string, string];
  lessonTitles: string[];
  openers: string[];
  middles: string[];
  closers: string[];
  headings: { idea: string[]; practice: string[]; mistake: string[] };
}

const english: Templates = {
  titles: [
    '{t} from scratch',
    '{t}: a practical introduction',
    '{t} in two weeks',
    'Getting better at {t}',
    '{t} for busy people',
    '{t}, step by step',
    'A quiet course in {t}',
    '{t}: the next level',
    '{t} workshop',
    'The essentials of {t}',
    '{t} with confidence',
    '{t}: twenty small exercises',
  ],
  subtitles: [
    'From {c} to {d} in short, practical lessons',
    'Learn {c} so well that {payoff}',
    'Short lessons and real exercises, until {payoff}',
    'Stop {mistake} and start enjoying {t}',
    'Everything you need between {c} and {d}',
  ],
  descriptions: [
    'This course is for people who want to get somewhere with {t} and have half an hour at a time. Each lesson takes one idea, shows it on an example and ends with something to do.',
    'You will begin with {c}, which most introductions leave until too late, and work your way to {d}. Nothing is assumed beyond curiosity.',
    'Expect practice rather than theory. By the end {payoff}, and you will know why.',
    'The most common obstacle is {mistake}; we deal with it in the first lesson and come back to it whenever it matters.',
    'All that you need is {tool} and a little patience.',
  ],
  outcomes: [
    'Use {c} without looking it up',
    'Know when to reach for {c}',
    'Avoid {mistake}',
    'Combine {c} with {d}',
    'Explain {c} to someone else',
  ],
  moduleTitles: ['First steps', 'Going further'],
  lessonTitles: ['{c}', '{c}', '{c} in practice', 'First steps with {c}', 'A closer look at {c}', 'Understanding {c}'],
  openers: [
    'Few things in {t} repay attention as quickly as {c}.',
    'Today is about {c}, and about how it leads to {d}.',
    'Most courses on {t} leave {c} until late; here we take up the subject early.',
    'Think of {c} as the hinge on which the rest of {t} turns.',
    'If you remember one thing about {t}, let it be {c}.',
    'Why spend a whole lesson on {c}? Because this is how {payoff}.',
  ],
  middles: [
    'Begin slowly: take {tool}, choose one small example and follow {c} from start to finish.',
    'The link with {d} becomes clear as soon as you try both side by side.',
    'Good habits here pay twice, because with them {payoff}.',
    'Watch for the moment when it stops feeling awkward; it usually comes on the third day.',
    'Two short sessions are better than one long one, since your memory sorts things out in between.',
    'There is no need for special equipment: {tool} will do.',
    'Ask yourself what would change without {c}, and the purpose becomes obvious.',
    'Once you are at home with {c}, learning about {d} takes half the effort.',
    'Experts disagree about the order, but hardly anyone skips {c}.',
    'Keep notes: what you tried, what happened, and what you will change tomorrow.',
  ],
  closers: [
    'When this works, go on to {d}.',
    'After a week you will notice that {payoff}.',
    'If it does not work at first, take a smaller step.',
    'Next time we turn to {d}.',
    'Stop while it is still fun.',
  ],
  headings: {
    idea: ['The idea', 'What it is for', 'How it works', 'Where to begin'],
    practice: ['Try it', 'Practice', 'Ten minutes of practice', 'Your turn'],
    mistake: ['A common mistake', 'What goes wrong', 'When it fails'],
  },
};

const russian: Templates = {
  titles: [
    '{t}: с нуля',
    '{t}: практический курс',
    '{t} за две недели',
    '{t} без спешки',
    '{t}: шаг за шагом',
    '{t}: второй уровень',
    '{t}: главное',
    '{t}: мастерская',
    '{t} для занятых людей',
    '{t} — уверенно и спокойно',
  ],
  subtitles: [
    'Короткие уроки и настоящие упражнения: {c}, {d} и не только',
    'Занимайтесь по полчаса — и {payoff}',
    '{c}, {d} и всё, что между ними',
    'Самое нужное на живых примерах: {c}, {d}',
  ],
  descriptions: [
    'Курс «{t}» рассчитан на тех, у кого есть полчаса в день. В каждом уроке одна мысль, один пример и одно задание.',
    'Начнём с простого: {c}. Закончим темой посложнее: {d}. Никаких предварительных знаний не требуется.',
    'Здесь больше практики, чем теории. К концу курса {payoff}, и вы будете понимать почему.',
    'Главное препятствие на этом пути — {mistake}. С ним мы разберёмся в первом же уроке.',
    'Понадобится немногое: {tool} и щепотка терпения.',
  ],
  outcomes: [
    'Понимать, зачем нужна тема «{c}»',
    'Уверенно применять на практике: {c}',
    'Связывать между собой две темы: {c} и {d}',
    'Замечать ошибку: {mistake}',
    'Объяснить другому, что такое {c}',
  ],
  moduleTitles: ['Первые шаги', 'Идём дальше'],
  lessonTitles: ['{c}', '{c}', '{c} на практике', '{c}: с чего начать', '{c}: взгляд поближе', 'Разбираемся: {c}'],
  openers: [
    'Сегодняшняя тема — {c}. С неё удобно перейти к следующей: {d}.',
    '{c} — это та часть курса, которую часто откладывают на потом, и совершенно напрасно.',
    'На первый взгляд тема «{c}» кажется мелочью, но именно здесь решается многое.',
    'Если из всего курса вы запомните что-то одно, пусть это будет {c}.',
    'Тема «{c}» окупается быстрее всего: уже через несколько дней {payoff}.',
  ],
  middles: [
    'Начните медленно. Всё, что нужно: {tool}, один небольшой пример и минут пятнадцать тишины.',
    'Связь с темой «{d}» станет ясна, как только вы попробуете обе рядом.',
    'Хорошая привычка здесь окупается дважды: {payoff}.',
    'Дождитесь минуты, когда движение перестанет казаться неловким; обычно это третий день.',
    'Два коротких занятия лучше одного длинного: память успевает разложить всё по местам.',
    'Особого снаряжения не нужно, хватит самого простого: {tool}.',
    'Спросите себя, что изменилось бы без этого, и смысл станет очевиден.',
    'Когда тема «{c}» войдёт в привычку, на тему «{d}» уйдёт вдвое меньше сил.',
    'Знатоки спорят о порядке, но тему «{c}» не пропускает почти никто.',
    'Ведите записи: что пробовали, что вышло, что измените завтра.',
  ],
  closers: [
    'Получилось — переходите к теме «{d}».',
    'Через неделю вы заметите: {payoff}.',
    'Если сразу не выходит, сделайте шаг поменьше.',
    'В следующий раз нас ждёт {d}.',
    'Остановитесь, пока ещё интересно.',
  ],
  headings: {
    idea: ['В чём суть', 'Зачем это нужно', 'Как это устроено', 'С чего начать'],
    practice: ['Попробуйте сами', 'Практика', 'Десять минут практики', 'Ваш черёд'],
    mistake: ['Частая ошибка', 'Что идёт не так', 'Когда не получается'],
  },
};

export const templates: Record<Language, Templates> = { en: english, ru: russian };
