import { defineWords } from '~/kit/words'

export const { useWords, say } = defineWords('set-up pagings', {
  en: {
    name: 'Paging',
    add: 'New paging',
    empty: 'No paging yet',
    empty_text: 'Paging is a number by which one speaks through the desk phones of many at once: “The shop closes in ten minutes.” The phones take the call by themselves; who speaks is heard, and hears nobody.',
    number_hint: 'Whoever dials it is heard.',
    members_hint: 'Through their desk phones; who has none, through the page. Who talks just then is not disturbed.',
    at_most_hint: 'Then the phones fall silent.',
    members_one: '{count} person',
    members_other: '{count} people',
    effect: 'Whoever dials <b>{number}</b> is heard after a beep, for up to {most}, by: {names}.',
    effect_no_number: 'Nobody can speak yet: there is no number.',
  },
  ru: {
    name: 'Громкая связь',
    add: 'Новая громкая связь',
    empty: 'Громкой связи пока нет',
    empty_text: 'Громкая связь — номер, по которому говорят сразу через настольные телефоны многих: «Магазин закрывается через десять минут». Телефоны отвечают сами; говорящего слышно, он не слышит никого.',
    number_hint: 'Кто его набрал, того слышно.',
    members_hint: 'Через настольные телефоны; у кого его нет — через страницу. Кто в это время говорит, тому не мешает.',
    at_most_hint: 'Потом телефоны замолкают.',
    members_one: '{count} человек',
    members_few: '{count} человека',
    members_many: '{count} человек',
    members_other: '{count} человека',
    effect: 'Кто набрал <b>{number}</b>, того после сигнала, до {most}, слышат: {names}.',
    effect_no_number: 'Говорить пока нельзя: номера нет.',
  },
})
