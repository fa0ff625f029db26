import { Button, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { Kind } from './card'
import { ICONS, KINDS, useKindTitles } from './kinds'
import { useWords } from './words'

/** One more field, of a kind that is chosen. */
export function AddField({ add }: { add: (kind: Kind) => void }) {
  const say = useWords()
  const kindTitle = useKindTitles()
  return (
    <Menu position="bottom-start">
      <Menu.Target><Button size="xs" leftSection={<IconPlus size={14} />}>{say('add_field')}</Button></Menu.Target>
      <Menu.Dropdown>
        {KINDS.map((kind) => { const Icon = ICONS[kind]; return <Menu.Item key={kind} leftSection={<Icon size={15} />} onClick={() => add(kind)}>{kindTitle(kind)}</Menu.Item> })}
      </Menu.Dropdown>
    </Menu>
  )
}
