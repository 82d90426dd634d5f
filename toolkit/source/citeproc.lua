-- The citation engine: a request a line on standard input, an answer a line on standard output, until input ends.
--
-- A request is a JSON object of texts: `document` (pandoc's tree), `items` (CSL-JSON) and `style`, the address of a
-- CSL sheet that needs no other. An answer is pandoc's tree, or an object with the key `error`.

local function answered(line)
  local request = pandoc.json.decode(line, false)
  local document = pandoc.read(request.document, 'json')
  document.meta.references = pandoc.read(request.items, 'csljson').meta.references
  document.meta.csl = request.style
  return pandoc.write(pandoc.utils.citeproc(document), 'json')
end

for line in io.lines() do
  local whole, answer = pcall(answered, line)
  if not whole then
    answer = pandoc.json.encode({error = tostring(answer)})
  end
  io.write(answer, '\n')
  io.flush()
end
