import type { Language } from '@eduplatform/contracts/primitives';
import type { Random } from '../generate/random.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);

const EN_FIRST = words(`
  Aaron Abigail Adaeze Aisha Alejandro Amara Anita Arjun Astrid Beatriz Ben Bianca Caleb Carmen Chen Clara Connor Dalia
  Dev Diego Dominic Eilidh Elena Emeka Emily Esra Ethan Fatima Felix Finn Freya Gabriel Grace Hana Hassan Hugo Imani Ines
  Isla Ivan Jasmine Jonas Julia Kai Kamala Kira Kwame Laila Leo Liam Lucia Maja Malik Marta Mateo Maya Mei Mohammed Naomi
  Niamh Nikhil Noah Nora Olivia Omar Oscar Paolo Priya Quinn Rafael Rania Rohan Rosa Ruth Sakura Samira Santiago Sara
  Sean Sofia Tariq Teresa Theo Thandiwe Uma Victor Wanjiru Wei Yara Yusuf Zainab Zoe`);
const EN_LAST = words(`
  Abebe Adeyemi Ahmed Almeida Andersson Baker Banerjee Bauer Becker Brandt Brennan Brooks Campbell Carvalho Castillo Chen
  Cohen Costa Delgado Diaz Dubois Eriksen Evans Farouk Fernandes Fischer Fitzgerald Fraser Garcia Gomez Gupta Haddad
  Hansen Harris Hughes Ibrahim Ishikawa Jansen Johansson Kamau Kaplan Kaur Keller Kobayashi Kowalski Kumar Larsen Lefebvre
  Lindholm Lopez Lynch Macdonald Mahlangu Marchetti Martin Mbeki Meyer Mitchell Moreau Morgan Murphy Nakamura Nguyen Nolan
  Novak Okafor Olsen Osei Patel Pereira Petersen Quinn Rahman Ramirez Reid Rivera Rossi Sato Schneider Shah Silva Singh
  Stewart Suzuki Taylor Torres Turner Vargas Walsh Weber Williams Wilson Wong Yilmaz Young Zhang`);

const RU_HIS = words(`
  Александр Алексей Андрей Антон Артём Борис Вадим Василий Виктор Глеб Григорий Даниил Денис Дмитрий Евгений Егор Иван
  Игорь Илья Кирилл Константин Лев Максим Марат Матвей Михаил Никита Николай Олег Павел Пётр Роман Руслан Сергей Степан
  Тимур Фёдор Юрий Ярослав`);
const RU_HER = words(`
  Александра Алина Алиса Алсу Анастасия Анна Валерия Варвара Вера Вероника Галина Дарья Дина Екатерина Елена Жанна Зоя
  Ирина Карина Кира Ксения Лариса Любовь Маргарита Марина Мария Надежда Наталья Нина Оксана Ольга Полина Светлана София
  Таисия Тамара Татьяна Ульяна Юлия`);
/** Those of women end in а. */
const RU_LAST = words(`
  Абрамов Алексеев Андреев Антонов Баранов Белов Беляев Борисов Виноградов Воробьёв Гаврилов Голубев Горбунов Громов Гусев
  Давыдов Дроздов Ершов Жуков Зайцев Захаров Зуев Игнатов Ильин Карпов Киселёв Ковалёв Комаров Королёв Крылов Кузьмин
  Лебедев Макаров Мельников Миронов Морозов Назаров Никитин Новиков Орлов Осипов Павлов Панов Поляков Пономарёв Рябов
  Савельев Сафин Семёнов Сидоров Соболев Соколов Сорокин Титов Тихонов Филиппов Фролов Чернов Шевцов Щербаков Юсупов`);

/** A name that somebody of this language may have. */
export function fullName(random: Random, language: Language): string {
  if (language === 'en') return `${random.pick(EN_FIRST)} ${random.pick(EN_LAST)}`;
  const isHers = random.next() < 0.5;
  return `${random.pick(isHers ? RU_HER : RU_HIS)} ${random.pick(RU_LAST)}${isHers ? 'а' : ''}`;
}
