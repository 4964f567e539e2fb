import type { Problem } from "./problems";

/** The server's messages, in its own language, which may have another writing direction than the page. */
export function Messages({ problems }: { problems: Problem[] }) {
  return problems.map(({ message }) => (
    <p key={message} dir="auto">
      {message}
    </p>
  ));
}
