import { defineWords } from '~/kit/words'

export const { useWords, say } = defineWords('set-up callers', {
  en: {
    name: 'Lists of callers',
    add: 'New list',
    empty: 'No lists yet',
    empty_text: 'A list holds numbers that routes treat alike: important customers, couriers, nuisance callers. A route names it in “Caller is on a list”.',
    numbers_hint: 'One a line, international: +79161234567. +7495* is every number that begins so. A column of a table can be pasted.',
    count_one: '{count} number',
    count_other: '{count} numbers',
    used_by: 'Routes with this list',
    unused: 'No route has it yet.',
  },
  ru: {
    name: 'Списки звонящих',
    add: 'Новый список',
    empty: 'Списков пока нет',
    empty_text: 'В списке номера, с которыми маршруты обходятся одинаково: важные клиенты, курьеры, надоедливые. Маршрут называет его в поле «Звонящий в списке».',
    numbers_hint: 'По одному в строке, в международном виде: +79161234567. +7495* — все, что так начинаются. Можно вставить столбец таблицы.',
    count_one: '{count} номер',
    count_few: '{count} номера',
    count_many: '{count} номеров',
    count_other: '{count} номера',
    used_by: 'Маршруты с этим списком',
    unused: 'Пока ни один маршрут его не называет.',
  },
})
