import { useEffect, useState } from 'react'
import type { Schemas } from '~/api/client'
import { noteServerNow } from '~/kit/times'

export type Board = Schemas['BoardOut']
export type BoardOperator = Schemas['BoardOperator']
export type BoardQueue = Schemas['BoardQueue']
export type BoardWaiting = Schemas['BoardWaiting']
export type BoardTrunk = Schemas['BoardTrunk']

const LONGEST_PAUSE = 8000
const NOT_ALLOWED = 4401

/** Whole boards as they are pushed; opened again for as long as somebody looks. */
class LiveBoard {
  private socket: WebSocket | null = null
  private pause = 500
  private retry: ReturnType<typeof setTimeout> | undefined
  private closed = false

  constructor(private readonly seen: (board: Board) => void, private readonly lost: () => void) {
    this.open()
  }

  close(): void {
    this.closed = true
    clearTimeout(this.retry)
    this.socket?.close()
  }

  private open(): void {
    this.socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/board/live`)
    this.socket.onmessage = ({ data }) => this.heard(JSON.parse(data as string) as Board)
    this.socket.onclose = ({ code }) => this.again(code)
  }

  private heard(board: Board): void {
    this.pause = 500
    noteServerNow(board.now)
    this.seen(board)
  }

  private again(code: number): void {
    if (this.closed || code === NOT_ALLOWED) return
    this.lost()
    this.retry = setTimeout(() => this.open(), this.pause)
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE)
  }
}

/** The board as it is now; `stale` while nothing comes, with the last one that did. */
export function useBoard(): { board: Board | null; stale: boolean } {
  const [now, setNow] = useState<{ board: Board | null; stale: boolean }>({ board: null, stale: false })
  useEffect(() => {
    const live = new LiveBoard((board) => setNow({ board, stale: false }), () => setNow(({ board }) => ({ board, stale: true })))
    return () => live.close()
  }, [])
  return now
}
