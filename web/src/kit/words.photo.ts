import { defineWords } from './words'

export const { useWords, say } = defineWords('photo', {
  en: {
    photo_choose: 'Choose a photo',
    photo_replace: 'Replace',
    photo_own_choose: 'Choose your photo',
    photo_own_replace: 'Replace your photo',
    photo_own_remove: 'Remove your photo',
    photo_removed: 'Your photo is removed.',
    photo_too_large: 'The file {name} is larger than {most} MB.',
  },
  ru: {
    photo_choose: 'Выбрать фото',
    photo_replace: 'Заменить',
    photo_own_choose: 'Выбрать своё фото',
    photo_own_replace: 'Заменить своё фото',
    photo_own_remove: 'Убрать своё фото',
    photo_removed: 'Ваше фото убрано.',
    photo_too_large: 'Файл {name} больше {most} МБ.',
  },
})
