import type { CallName } from './events.ts'

export type PicturePurpose = 'picture' | 'cover' | 'avatar'

/** Stored pictures. The address of one is `/media/<id>`, of a smaller one `/media/<id>/w960`. */
export interface Media {
  /**
   * Keeps a picture made by the program itself; the same bytes twice are one picture. Nothing
   * sweeps it.
   *
   * @throws the codes of an upload: QL_MEDIA_UNKNOWN_TYPE, QL_MEDIA_BROKEN, QL_MEDIA_QUOTA …
   */
  putPicture(picture: NewPicture): Promise<Picture>
  /** In no order; unknown ids are absent, and with `of` those that belong to others. */
  find(ids: readonly string[], of?: { readonly ownerId: string }): Promise<readonly Picture[]>
  /** The same for uploads of every kind. */
  findFiles(
    ids: readonly string[],
    of?: { readonly ownerId: string },
  ): Promise<readonly UploadedFile[]>
  /**
   * Says that `usedBy` (`post/<id>`) refers to these pictures, all or none. An uploaded picture that
   * nothing has used for a day is removed, so this stands before the reference is committed.
   *
   * With `guard` a picture that was uploaded for everybody is from then on seen by its owner and by
   * whom this call allows, asked as for an upload ({@link FileOptions.visibility}); one that was
   * uploaded for some is seen by whom the call allows as well. Several uses
   * open it to whoever one of them opens it to; one without a guard, to everybody. Whoever has
   * fetched it before may still have a copy.
   *
   * @throws QL_MEDIA_GONE when one of them is not kept any more.
   */
  use(usedBy: string, ids: readonly string[], guard?: { readonly by: CallName }): Promise<void>
  /** Takes back what {@link use} said: of the given pictures, or of all. */
  release(usedBy: string, ids?: readonly string[]): Promise<void>
}

export interface NewPicture {
  readonly ownerId: string
  /** JPEG, PNG, GIF, WebP or AVIF. */
  readonly bytes: Uint8Array
  readonly alt: string
  /** Default `picture`. */
  readonly purpose?: PicturePurpose
  /** True: like an upload it is removed when nothing has used it for a day. */
  readonly isPassing?: boolean
}

export interface Picture {
  readonly id: string
  /** The full picture, in a form that every program reads. */
  readonly url: string
  /** Of the full picture, upright, in pixels. */
  readonly width: number
  readonly height: number
  readonly alt: string
  /** Smaller ones as WebP, the narrowest first. */
  readonly variants: readonly PictureVariant[]
  /** Base64; a blurred impression in some 25 bytes. */
  readonly thumbhash: string | null
  readonly animated: boolean
}

/** An upload of any kind. */
export interface UploadedFile {
  readonly id: string
  readonly url: string
  /** Judged by what is in it, whatever its name promises. */
  readonly kind: 'picture' | 'video' | 'voice' | 'file'
  /** As its sender called it, without what cannot be seen; '' for pictures. */
  readonly name: string
  /** What browsers are told it is. */
  readonly type: string
  /** Of the upload. */
  readonly bytes: number
  /** In pixels; 0 where there is nothing to see. */
  readonly width: number
  readonly height: number
  readonly durationMs: number | null
  /** Levels from 0 to 31; only of a voice. */
  readonly waveform: readonly number[] | null
  /** What was made of it, when it is a picture. */
  readonly picture: Picture | null
}

export interface PictureVariant {
  readonly url: string
  readonly width: number
  readonly height: number
  readonly type: string
}
