import { defineWords } from '../words'

export const { useWords, say } = defineWords('card', {
  en: { choose: 'Choose', no_such: 'There is no such entry', a_number: 'A number, such as 12 or 12.5', result: 'Result' },
  ru: { choose: 'Выберите', no_such: 'Такого в списке нет', a_number: 'Число, например 12 или 12,5', result: 'Результат' },
})
