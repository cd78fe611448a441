import { h, type VNode } from 'preact'

type IconProps = {
  /** One of those the page brings with it; see the view. */
  readonly name: string
  readonly size?: 14 | 16 | 18 | 20 | 22 | 24
  readonly class?: string
}

/**
 * An icon from the set that the page was sent with, drawn in place: each `<use>` would cost a tree of its own,
 * and a list has many.
 */
export function Icon({ name, size = 20, class: extra }: IconProps): VNode {
  return (
    <svg
      class={`icon icon-${size}${extra ? ` ${extra}` : ''}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      {shapesOf(name).map(({ tag, attributes }, index) => h(tag, { ...attributes, key: index }))}
    </svg>
  )
}

interface Shape {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
}

const known = new Map<string, readonly Shape[]>()

function shapesOf(name: string): readonly Shape[] {
  const shapes = known.get(name) ?? [...drawingOf(name)].map(shapeOf)
  known.set(name, shapes)
  return shapes
}

function drawingOf(name: string): Iterable<Element> {
  const icons = document.querySelector<HTMLTemplateElement>('#chat-icons')
  return icons?.content.getElementById(`chat-icon-${name}`)?.firstElementChild?.children ?? []
}

function shapeOf({ localName, attributes }: Element): Shape {
  return {
    tag: localName,
    attributes: Object.fromEntries(Array.from(attributes, ({ name, value }) => [name, value])),
  }
}
