import type { Problem } from "./problems";

/** What the server says is wrong. Where it lacks the language of the page, that may be written the other way. */
export function Messages({ problems }: { problems: Problem[] }) {
  return problems.map(({ message }) => (
    <p key={message} dir="auto">
      {message}
    </p>
  ));
}
