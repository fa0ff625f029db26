import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { useHearing } from './hearing'
import classes from './story.module.css'
import { loudestOf, peakIn, type Wave } from './wave'

const HEIGHT = 84
const PITCH = 2

/** The wave form in two channels, on the same clock as the lanes above; what was heard already is darker. */
export function WaveView({ waves, lasts, label }: { waves: readonly Wave[]; lasts: number; label: string }) {
  const { ref, width } = useElementSize()
  const canvas = useRef<HTMLCanvasElement>(null)
  const scheme = useComputedColorScheme()
  const column = useHearing(({ position }) => Math.floor(((position / lasts) * width) / PITCH))
  useEffect(() => {
    if (canvas.current && width > 0) draw(canvas.current, waves, lasts, width, column)
  }, [waves, lasts, width, column, scheme])
  return (
    <div ref={ref} className={classes.wave}>
      <canvas ref={canvas} role="img" aria-label={label} style={{ width: '100%', height: HEIGHT }} />
    </div>
  )
}

function draw(canvas: HTMLCanvasElement, waves: readonly Wave[], lasts: number, width: number, heard: number): void {
  const density = window.devicePixelRatio
  canvas.width = width * density
  canvas.height = HEIGHT * density
  const paint = canvas.getContext('2d')
  if (paint === null) return
  paint.scale(density, density)
  const style = getComputedStyle(canvas)
  const [ink, rest] = [style.getPropertyValue('--ink'), style.getPropertyValue('--ctl')]
  const loudest = loudestOf(waves)
  const seconds = (lasts / width) * PITCH
  for (let column = 0; column * PITCH < width; column += 1) {
    paint.fillStyle = column < heard ? ink : rest
    bar(paint, column, HEIGHT / 4, peakIn(waves, 'left', column * seconds, (column + 1) * seconds), loudest)
    bar(paint, column, (HEIGHT / 4) * 3, peakIn(waves, 'right', column * seconds, (column + 1) * seconds), loudest)
  }
}

function bar(paint: CanvasRenderingContext2D, column: number, middle: number, peak: number | null, loudest: number): void {
  if (peak === null) return
  const height = 1 + (peak / loudest) * (HEIGHT / 2 - 6)
  paint.fillRect(column * PITCH, middle - height / 2, 1.3, height)
}
