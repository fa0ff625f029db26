import { defineWords } from '~/kit/words'

export const { useWords, say } = defineWords('projects', {
  en: {
    name: 'Projects',
    add: 'New project',
    empty: 'No projects yet',
    empty_text: 'A project holds the queues, cards and scenarios of one client or subject. Roles can be limited to projects: whoever serves one client does not see the calls of another.',
    main: 'Main',
    holds_nothing: 'Nothing belongs to this project yet. It is chosen in a queue, a card or a scenario.',
    holds: 'Belongs to this project:',
    seen_hint: 'Roles limited to it',
    things_one: '{count} thing',
    things_other: '{count} things',
  },
  ru: {
    name: 'Проекты',
    add: 'Новый проект',
    empty: 'Проектов пока нет',
    empty_text: 'Проект объединяет очереди, карточки и сценарии одного клиента или одной темы. Роли можно ограничить проектами: кто обслуживает одного клиента, не видит звонков другого.',
    main: 'Основной',
    holds_nothing: 'Пока в проекте ничего нет. Его выбирают в очереди, карточке или сценарии.',
    holds: 'В этом проекте:',
    seen_hint: 'Роли, ограниченные им',
    things_one: '{count} объект',
    things_few: '{count} объекта',
    things_many: '{count} объектов',
    things_other: '{count} объекта',
  },
})
