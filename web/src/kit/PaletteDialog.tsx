import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight'
import '@mantine/spotlight/styles.layer.css'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useMemo } from 'react'
import { type Command, usePalette } from './palette'
import { useWords } from './words.kit'

function grouped(commands: readonly Command[]): SpotlightActionGroupData[] {
  const groups = new Map<string, SpotlightActionGroupData>()
  for (const command of commands) {
    const group = groups.get(command.group) ?? { group: command.group, actions: [] }
    group.actions.push({ id: command.id, label: command.title, description: command.detail, keywords: command.detail ? [command.detail] : [], onClick: command.run })
    groups.set(command.group, group)
  }
  return [...groups.values()]
}

/** What is shown of it; opened as soon as it is loaded. */
export function PaletteDialog() {
  const say = useWords()
  const { commands, asked } = usePalette()
  useEffect(() => spotlight.open(), [asked])
  const actions = useMemo(() => grouped(Object.values(commands).flat()), [commands])
  return (
    <Spotlight actions={actions} shortcut={['mod + K']} limit={12} scrollable maxHeight={480} nothingFound={say('nothing_found')}
      onQueryChange={(typed) => usePalette.setState({ typed })}
      searchProps={{ leftSection: <IconSearch size={16} />, placeholder: say('find'), 'aria-label': say('find') }} />
  )
}
