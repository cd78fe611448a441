/** The look of an archive's pages; stands beside them as `style.css`. */
export const ARCHIVE_STYLE = `:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, sans-serif; background: light-dark(#fff, #16171f);
  color: light-dark(#20212c, #e6e6ee); }
h1 { font-size: 1.9rem; line-height: 1.2; }
h2 { margin-top: 2.25rem; font-size: 1.25rem; }
a { color: light-dark(#4045b8, #a9acff); }
ul, ol { padding-inline-start: 1.25rem; }
li { margin-block: 0.35rem; }
img, video { max-width: 100%; height: auto; border-radius: 8px; }
pre { overflow-x: auto; padding: 1rem; border-radius: 8px; background: light-dark(#f3f3f9, #20212c); }
blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid #8184dc; }
table { border-collapse: collapse; }
td, th { padding: 0.35rem 0.6rem; border: 1px solid light-dark(#d9d9e6, #3a3b4a); }
dl { margin: 0; }
dl > div { display: grid; grid-template-columns: minmax(7rem, 1fr) 3fr; gap: 0.25rem 1rem;
  padding-block: 0.3rem; border-block-end: 1px solid light-dark(#e9e9f2, #2c2d3a); }
dt, .none, .up, time { color: light-dark(#62647d, #a6a7bd); }
dd { margin: 0; }
ol > li { padding-block: 0.5rem; }
.form { margin-inline-start: 0.6rem; font-size: 0.8rem; }
@media (max-width: 30rem) { dl > div { grid-template-columns: 1fr; } }
`
