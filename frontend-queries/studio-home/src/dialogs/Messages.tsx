import type { Problem } from "./problems";

/** The server's messages. One in another language than the page's may have another writing direction. */
export function Messages({ problems }: { problems: Problem[] }) {
  return problems.map(({ message }) => (
    <p key={message} dir="auto">
      {message}
    </p>
  ));
}
