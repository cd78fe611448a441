import type { Colour } from './colour.ts'

/** The light of a landscape. */
export interface Mood {
  /** Zenith, upper sky, lower sky, horizon. */
  readonly sky: readonly [Colour, Colour, Colour, Colour]
  /** Around the sun or the moon. */
  readonly glow: Colour
  readonly disc: Colour
  /** The farthest hill and the nearest trees; what stands between is mixed of them. */
  readonly far: Colour
  readonly near: Colour
  readonly fog: Colour
  readonly isNight?: true
}

export const MOODS = {
  dawn: {
    sky: ['#7288a8', '#bcaeb0', '#e0c3b6', '#ecd2b4'],
    glow: '#fbd9a0',
    disc: '#fdf1da',
    far: '#b9bccb',
    near: '#26343a',
    fog: '#e4d9cf',
  },
  haze: {
    sky: ['#9aa7b8', '#c9c3bf', '#e6d5c2', '#efdcc0'],
    glow: '#f7d9a4',
    disc: '#fbf2dd',
    far: '#a9a8b4',
    near: '#2a3c40',
    fog: '#ddd2c4',
  },
  grey: {
    sky: ['#a4a8ab', '#c3c6c9', '#d6d8da', '#dfe0e1'],
    glow: '#e6e7e8',
    disc: '#eceded',
    far: '#c5c8cb',
    near: '#767c81',
    fog: '#e3e4e5',
  },
  dusk: {
    sky: ['#4d6896', '#9b83a8', '#db9b95', '#f7ad77'],
    glow: '#ffab62',
    disc: '#fff0cf',
    far: '#8f86ac',
    near: '#25232f',
    fog: '#c99a83',
  },
  frost: {
    sky: ['#5f86b2', '#8fb0cd', '#b2cbdd', '#cfdfe8'],
    glow: '#dbe8ee',
    disc: '#f2f7f8',
    far: '#a3bfd3',
    near: '#2b4356',
    fog: '#dce8ee',
  },
  ochre: {
    sky: ['#7f968e', '#c3c49b', '#e2d497', '#ecdc9f'],
    glow: '#f5dc92',
    disc: '#f8efcd',
    far: '#bbb384',
    near: '#4b3d20',
    fog: '#e0d3a0',
  },
  night: {
    sky: ['#0d1330', '#1c274e', '#39477a', '#5a6793'],
    glow: '#8f9cc6',
    disc: '#f6efd9',
    far: '#3d4a78',
    near: '#0b1022',
    fog: '#6d7aa6',
    isNight: true,
  },
  polar: {
    sky: ['#070d1f', '#0c1c33', '#143345', '#1f4a55'],
    glow: '#2c6a68',
    disc: '#e9f3ea',
    far: '#173744',
    near: '#050b14',
    fog: '#3a6a72',
    isNight: true,
  },
  camp: {
    sky: ['#060915', '#0d1328', '#1a2040', '#2c2f52'],
    glow: '#454a72',
    disc: '#f6efd9',
    far: '#1b2140',
    near: '#030408',
    fog: '#2c2c48',
    isNight: true,
  },
  heather: {
    sky: ['#7d8fb4', '#b7a9c2', '#dec0c4', '#eed3c5'],
    glow: '#f6d7c0',
    disc: '#fdf3ea',
    far: '#a79bbd',
    near: '#3d2c47',
    fog: '#dfccd2',
  },
  moss: {
    sky: ['#86a39b', '#b3c5b1', '#d5dcc0', '#e6e4c8'],
    glow: '#f0e9c2',
    disc: '#fbf8e6',
    far: '#9fb3a2',
    near: '#1d3328',
    fog: '#dbe2d0',
  },
  snow: {
    sky: ['#8fa3bd', '#b8c4d3', '#d9dde3', '#efe6e0'],
    glow: '#f6e7d8',
    disc: '#fdf6ec',
    far: '#b5c0d0',
    near: '#33435a',
    fog: '#eef0f2',
  },
} as const satisfies Readonly<Record<string, Mood>>

export type MoodName = keyof typeof MOODS
