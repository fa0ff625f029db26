import { type DragEvent, useState } from 'react'

/** Lines of a list that are dragged to another place; `over` is the one that would give way. */
export function useDrag(count: number, move: (from: number, to: number) => void) {
  const [from, setFrom] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const end = () => {
    setFrom(null)
    setOver(null)
  }
  const of = (at: number) => ({
    draggable: count > 1,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move'
      setFrom(at)
    },
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setOver(at)
    },
    onDrop: () => {
      if (from !== null && from !== at) move(from, at)
      end()
    },
    onDragEnd: end,
  })
  return { over: from === null ? null : over, of }
}
